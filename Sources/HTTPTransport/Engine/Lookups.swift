import CCurl

/// How often a name was looked up instead of remembered. Only tests count.
final class Lookups: Sendable, Equatable {
    private let total = Locked(0)

    var count: Int { total.withLock { $0 } }

    func add() {
        total.withLock { $0 += 1 }
    }

    static func == (one: Lookups, other: Lookups) -> Bool {
        one === other
    }
}

/// 0: go on (CURLOPT_RESOLVER_START_FUNCTION).
func countLookup(
    _: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?, _ context: UnsafeMutableRawPointer?
) -> CInt {
    if let context { Unmanaged<Lookups>.fromOpaque(context).takeUnretainedValue().add() }
    return 0
}
