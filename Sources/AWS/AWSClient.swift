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
    let rates = RateLimits()
    /// Tells apart what is counted by account, where a program has clients for several.
    let account: String
    let offsets = ClockOffsets()
    let signer = Signer()
    let observer: CallObserver?
    /// Nil for a client that may always send.
    private(set) var maySend: (@Sendable () async -> Bool)?

    public init(
        transport: any Transport, credentials: any CredentialsProvider, endpoints: EndpointResolver,
        surroundings: Surroundings, policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
        account: String = "", observer: CallObserver? = nil
    ) {
        self.transport = transport
        self.credentials = credentials
        self.endpoints = endpoints
        self.surroundings = surroundings
        self.policy = policy
        self.budget = budget
        self.account = account
        self.observer = observer
    }

    /// The same client, which asks right before every attempt of a call that changes something, and sends
    /// nothing once the answer is no: the right to act may end while a call waits for credentials or between
    /// two attempts.
    public func asking(_ maySend: @escaping @Sendable () async -> Bool) -> AWSClient {
        var client = self
        client.maySend = maySend
        return client
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
