import HTTPTransport
import SigV4

/// Calls AWS operations: finds the endpoint, signs, sends, reads the answer, and tries again where that is
/// safe. One client serves all Regions.
public struct AWSClient: Sendable {
    let transport: any Transport
    let credentials: any CredentialsProvider
    let endpoints: EndpointResolver
    let surroundings: Surroundings
    let policy: RetryPolicy
    let budget: RetryBudget
    let offsets = ClockOffsets()
    let signer = Signer()
    let observer: CallObserver?

    public init(
        transport: any Transport, credentials: any CredentialsProvider, endpoints: EndpointResolver,
        surroundings: Surroundings, policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
        observer: CallObserver? = nil
    ) {
        self.transport = transport
        self.credentials = credentials
        self.endpoints = endpoints
        self.surroundings = surroundings
        self.policy = policy
        self.budget = budget
        self.observer = observer
    }

    /// Makes one call, with retries. `region` is the Region whose AWS is asked; global services (Route 53)
    /// take any Region of their partition.
    public func call<O: Operation>(
        _ operation: O, region: String, options: CallOptions = CallOptions()
    ) async throws(AWSError) -> O.Output {
        var call = Call(client: self, operation: operation, region: region, options: options)
        return try await call.run()
    }
}
