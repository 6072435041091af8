import AWS
import HTTPTransport

extension Credentials {
    static let example = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", source: "test")
}

extension AWSClient {
    /// A client on a virtual clock.
    static func test(
        _ transport: any Transport, clock: VirtualClock = VirtualClock(),
        credentials: any CredentialsProvider = StaticCredentialsProvider(.example),
        policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(), random: Double = 0.5,
        observer: CallObserver? = nil
    ) -> AWSClient {
        AWSClient(
            transport: transport, credentials: credentials, endpoints: EndpointResolver(),
            surroundings: clock.surroundings(random: random), policy: policy, budget: budget,
            observer: observer)
    }
}

/// Runs a call that must fail, and hands over its error.
func failure<Value>(
    of call: () async throws(AWSError) -> Value
) async throws -> AWSError {
    do throws(AWSError) {
        _ = try await call()
    } catch {
        return error
    }
    throw NoFailure()
}

struct NoFailure: Error {}
