import AWS
import Failover
import HTTPTransport

@testable import Execution

/// AWS at the level of the transport: it answers from a small world, by operation and Region, writes every
/// call down, and breaks what it is told to break.
actor AWSDouble: Transport {
    let clock: VirtualClock
    var world: World
    private(set) var calls: [WireCall] = []
    /// How long the caller was ready to wait.
    private(set) var patience: [(region: Region?, limit: Duration)] = []
    /// How often each operation was carried out.
    private(set) var effects: [String: Int] = [:]
    /// Faults for the next calls of an operation, in order; nil lets one through.
    private var script: [String: [Fault?]] = [:]
    /// Faults for every call of an operation, or with `*` of all.
    private var standing: [String: Fault] = [:]
    private var silentRegions: [Region: Fault] = [:]

    init(_ clock: VirtualClock, _ world: World = World()) {
        self.clock = clock
        self.world = world
    }

    func change(_ change: @Sendable (inout World) -> Void) { change(&world) }
    func next(_ operation: String, _ faults: Fault?...) { script[operation, default: []] += faults }
    func always(_ operation: String, _ fault: Fault?) { standing[operation] = fault }
    func silence(_ region: Region, _ fault: Fault = .silence) { silentRegions[region] = fault }

    var mutations: [String] { calls.filter(\.mutates).map(\.line) }
    func count(_ operation: String) -> Int { calls.count { $0.operation == operation } }
    /// Whether an instance serves again after a restart.
    var hasRestarted: Bool {
        world.instances.contains { $0.rebootedAt != nil && $0.status(at: clock.now) == "available" }
    }
    func last(_ operation: String) -> WireCall? { calls.last { $0.operation == operation } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let call = WireCall(request)
        calls.append(call)
        patience.append((call.region, request.timeouts.total))
        let fault = fault(for: call)
        switch fault {
        case .silence, .timeout:
            if fault == .silence { clock.advance(request.timeouts.total) }
            throw TransportError(
                kind: .totalTimeout, url: request.url, detail: "no answer", mayHaveReachedServer: true)
        case .lostRequest:
            throw TransportError(
                kind: .connectionLost, url: request.url, detail: "reset", mayHaveReachedServer: true)
        case .refused(let refusal): return answer(refusal, call)
        case .bareChangeBatchError:
            let body =
                "<InvalidChangeBatch><Messages><Message>it already "
                + "exists</Message></Messages></InvalidChangeBatch>"
            return HTTPResponse(status: 400, body: Array(body.utf8))
        case .lostReply, nil: break
        }
        let response: HTTPResponse
        do {
            let body = try world.answer(call, at: clock.now)
            effects[call.operation, default: 0] += 1
            response = HTTPResponse(status: 200, body: Array(body.utf8))
        } catch {
            response = answer(error, call)
        }
        guard fault == nil else {
            throw TransportError(
                kind: .connectionLost, url: request.url, detail: "reset", mayHaveReachedServer: true)
        }
        return response
    }

    private func fault(for call: WireCall) -> Fault? {
        if let region = call.region, let fault = silentRegions[region] { return fault }
        if var faults = script[call.operation], !faults.isEmpty {
            let fault = faults.removeFirst()
            script[call.operation] = faults
            return fault
        }
        return standing[call.operation] ?? standing["*"]
    }

    private func answer(_ refusal: Refusal, _ call: WireCall) -> HTTPResponse {
        if call.service == "ecs" {
            let body = "{\"__type\": \"\(refusal.code)\", \"message\": \"\(refusal.message)\"}"
            return HTTPResponse(status: refusal.status, body: Array(body.utf8))
        }
        let error = "<Error><Code>\(refusal.code)</Code><Message>\(refusal.message)</Message></Error>"
        let body =
            call.service == "ec2"
            ? "<Response><Errors>\(error)</Errors><RequestID>r</RequestID></Response>"
            : "<ErrorResponse>\(error)<RequestId>r</RequestId></ErrorResponse>"
        return HTTPResponse(status: refusal.status, body: Array(body.utf8))
    }
}
