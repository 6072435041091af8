import CCurl

/// One request on its way, from `send` to its end.
///
/// `@unchecked Sendable`: `send` sets `waiting` and hands the transfer over through the inbox's lock; from
/// then on only the engine's thread touches what is variable. Once it is finished, whoever `tell`s has
/// `waiting` and `result` for itself.
final class Transfer: @unchecked Sendable {
    typealias Result = Swift.Result<HTTPResponse, TransportError>

    enum Stage {
        /// Not yet seen by the engine.
        case new
        /// The cancellation overtook the start.
        case cancelledBeforeStart
        case inLine
        case running
        case finished
    }

    let url: RequestURL
    /// Requests of one lane can share connections.
    let lane: LaneKey
    var request: HTTPRequest
    /// Unchecked, which costs less: `tell` is the one place that resumes it, and forgets it there.
    var waiting: UnsafeContinuation<Result, Never>?
    private var result: Result?
    var stage = Stage.new
    /// On `MonotonicClock`.
    var deadline = Duration.zero
    /// When it got its handle. On `MonotonicClock`.
    var startedAt = Duration.zero
    /// The addresses that libcurl remembers have failed.
    var needsNewAddress = false
    var collector: ResponseCollector
    /// How much of the body libcurl has taken.
    var bodySent = 0
    var easy: EasyHandle?
    /// Its place among those that are running.
    var place: Int?

    init(_ request: HTTPRequest, _ url: RequestURL) {
        self.request = request
        self.url = url
        lane = LaneKey(
            scheme: url.scheme, authority: url.authority, connectTo: request.connectTo,
            unixSocketPath: request.unixSocketPath)
        collector = ResponseCollector(maxBodyBytes: request.maxResponseBytes)
    }

    /// The end, once. Gives the handle back first, so that whoever waits finds everything given back.
    func finish(_ result: consuming Result) {
        guard stage != .finished else { return }
        stage = .finished
        self.result = result
        easy = nil
        // A cancelled transfer may stay in its line for a while; its bytes need not.
        request.body = []
        collector = ResponseCollector(maxBodyBytes: 0)
    }

    /// Whoever waits, once.
    func tell() {
        guard let waiting, let result else { return }
        self.waiting = nil
        self.result = nil
        waiting.resume(returning: result)
    }
}
