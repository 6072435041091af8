import Failover
import HTTPTransport

/// One host's way to the simulated AWS: the only door that its AWS client has. A request that was sent goes
/// its way, whatever becomes of the sender.
///
/// `@unchecked Sendable`: it lives on the run's one thread, as everything that it holds.
final class EstateTransport: Transport, @unchecked Sendable {
    private let estate: Estate
    private let fabric: any Fabric
    private let life: Life
    /// Told of each call that changes something, or that tells people, right before it leaves.
    private let leaving: (Mutation) -> Void
    private(set) var requests = 0

    init(estate: Estate, fabric: any Fabric, life: Life, leaving: @escaping (Mutation) -> Void) {
        self.estate = estate
        self.fabric = fabric
        self.life = life
        self.leaving = leaving
    }

    private enum Ending: Sendable {
        case response(HTTPResponse)
        case failure(TransportError.Kind, mayHaveReachedServer: Bool)
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let ending: Ending
        do {
            ending = try await life.wait { answer in begin(request, answer) }
        } catch {
            ending = .failure(.cancelled, mayHaveReachedServer: true)
        }
        switch ending {
        case .response(let response): return response
        case .failure(let kind, let mayHaveReachedServer):
            throw TransportError(
                kind: kind, method: request.method, url: request.url, detail: "as simulated",
                mayHaveReachedServer: mayHaveReachedServer)
        }
    }

    /// A refused connection takes a round trip, whoever refuses it.
    private static let refusal = Duration.milliseconds(50)

    private func begin(_ request: HTTPRequest, _ answer: Life.Answer<Ending>) {
        requests += 1
        let call = WireCall(request)
        let time = estate.time
        if call.mutates || call.tells {
            leaving(
                Mutation(
                    service: call.service, operation: call.operation, region: call.region,
                    target: call.target))
        }
        let passage = fabric.passage(
            of: Message(
                from: life.host, to: call.region, service: call.service, operation: call.operation,
                mutates: call.mutates), at: time.now)
        guard let there = passage.there else {
            let wait = passage.isRefused ? Self.refusal : request.timeouts.connect
            let kind: TransportError.Kind = passage.isRefused ? .connectionRefused : .connectTimeout
            time.after(wait) { answer(.failure(kind, mayHaveReachedServer: false)) }
            return
        }
        let limit = time.after(request.timeouts.total) {
            answer(.failure(.totalTimeout, mayHaveReachedServer: true))
        }
        time.after(there) { [estate] in
            guard let response = estate.respond(to: call, passage.treatment) else { return }
            guard let back = passage.back else {
                guard passage.isReset else { return }
                limit.cancel()
                return answer(.failure(.connectionLost, mayHaveReachedServer: true))
            }
            time.after(back) {
                limit.cancel()
                answer(.response(response))
            }
        }
    }
}
