import AWS

/// One thing that was looked at, and what came of it.
struct Finding: Sendable, Equatable {
    /// What was looked at, in a few words: `standby orders`.
    var name: String
    var result: Result
    /// What was found; with `warn` and `fail` also what to do.
    var detail: String

    enum Result: String, Sendable, Encodable {
        case ok, warn, fail
    }

    static func ok(_ name: String, _ detail: String) -> Finding {
        Finding(name: name, result: .ok, detail: detail)
    }
    static func warn(_ name: String, _ detail: String) -> Finding {
        Finding(name: name, result: .warn, detail: detail)
    }
    static func fail(_ name: String, _ detail: String) -> Finding {
        Finding(name: name, result: .fail, detail: detail)
    }

    /// A look that failed. AWS's words and ours fit; a page of HTML that somebody answered with does not.
    static func fail(_ name: String, _ error: AWSError) -> Finding {
        let text = oneLine("\(error)")
        return .fail(name, text.count > 600 ? text.prefix(600) + "…" : text)
    }
}

extension [Finding] {
    /// What is wrong, or that all is well.
    func orOK(_ name: String, _ detail: @autoclosure () -> String) -> [Finding] {
        isEmpty ? [.ok(name, detail())] : self
    }
}
