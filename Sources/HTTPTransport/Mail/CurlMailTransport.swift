import CCurl

/// SMTP over libcurl, one connection a message, each on a thread of its own that ends with its time limit.
/// For the few messages a day that this is for, a pool would only be one more thing that can be stale.
public struct CurlMailTransport: MailTransport {
    public init() {}

    public func send(_ mail: Mail) async throws(MailError) {
        let pending = PendingMail(mail)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiting: CheckedContinuation<PendingMail.Result, Never>) in
                pending.start(waiting)
            }
        } onCancel: {
            pending.finish(.failure(MailError(kind: .cancelled, detail: "the task was cancelled")))
        }
        try result.get()
    }
}

/// A message on its way: whoever ends it first, the thread or a cancellation, is heard.
private final class PendingMail: Sendable {
    typealias Result = Swift.Result<Void, MailError>

    private enum State {
        case new
        case waiting(CheckedContinuation<Result, Never>)
        case finished
    }

    private let mail: Mail
    private let state = Locked(State.new)

    init(_ mail: Mail) { self.mail = mail }

    func start(_ continuation: CheckedContinuation<Result, Never>) {
        let isCancelled = state.withLock { state in
            guard case .new = state else { return true }
            state = .waiting(continuation)
            return false
        }
        guard !isCancelled else {
            return continuation.resume(
                returning: .failure(MailError(kind: .cancelled, detail: "before it was sent")))
        }
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let pending = Unmanaged<PendingMail>.fromOpaque(context).takeRetainedValue()
                pending.finish(MailTransfer(pending.mail).run())
                return nil
            }, context.toOpaque())
        guard error == 0 else {
            context.release()
            return finish(
                .failure(MailError(kind: .other, detail: "no thread could be started (error \(error))")))
        }
        pthread_detach(thread)
    }

    func finish(_ result: Result) {
        let waiting = state.withLock { state -> CheckedContinuation<Result, Never>? in
            defer { state = .finished }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume(returning: result)
    }
}
