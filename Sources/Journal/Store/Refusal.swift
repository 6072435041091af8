/// A cause without its file: for the parts that know neither the path nor what was being tried.
struct Refusal: Error {
    var cause: JournalError.Cause
}

extension JournalError {
    /// Runs `body` and gives its refusals the file and the attempt.
    static func naming<Value>(
        _ attempt: Attempt, _ path: String, _ body: () throws -> Value
    ) throws(JournalError) -> Value {
        do {
            return try body()
        } catch let error as JournalError {
            throw error
        } catch let error as Refusal {
            throw JournalError(attempt: attempt, path: path, cause: error.cause)
        } catch {
            throw JournalError(attempt: attempt, path: path, cause: .other(detail: String(describing: error)))
        }
    }
}
