/// HTTP/1.1 and, where a TLS server offers it, HTTP/2 over libcurl: one multi handle on one thread of its
/// own, connections kept alive and shared by all who send.
public final class CurlTransport: Transport {
    private let configuration: Configuration
    private let inbox: Inbox

    /// Starts the thread. If that fails, every `send` says so.
    public init(configuration: Configuration = .init()) {
        self.configuration = configuration
        inbox = Inbox(limit: configuration.maxRequestsInFlight)
        Engine.start(configuration, inbox)
    }

    deinit {
        // Nothing can be in flight: `send` holds the transport. The thread ends on its own.
        inbox.abandon()
    }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let transfer = Transfer(request, try RequestURL(checking: request))
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { (waiting: UnsafeContinuation<Transfer.Result, Never>) in
                transfer.waiting = waiting
                if let refusal = inbox.start(transfer) {
                    waiting.resume(returning: .failure(refusal))
                }
            }
        } onCancel: {
            inbox.cancel(transfer)
        }
        return try result.get()
    }

    /// Ends everything in flight with `shutDown` and returns when the thread is gone. May be called again.
    public func shutdown() async {
        inbox.close()
        await inbox.untilEnded()
    }
}
