/// A bucket of tokens for each account, service and Region, out of which retries are paid. When a Region goes
/// down, the retries to it soon stop, without a word about the healthy ones. Figures: standard mode, botocore
/// 1.43.127.
public actor RetryBudget {
    /// Tokens a bucket holds at first and at most.
    public static let capacity = 500
    static let retryCost = 5
    /// A timeout has cost more time, so that its retry costs more tokens.
    static let timeoutCost = 10

    private var tokens: [Destination: Int] = [:]

    public init() {}

    /// Takes tokens for a retry. Nil when the bucket is too empty.
    func withdraw(_ destination: Destination, timeout: Bool) -> Int? {
        let cost = timeout ? Self.timeoutCost : Self.retryCost
        let left = tokens[destination] ?? Self.capacity
        guard left >= cost else { return nil }
        tokens[destination] = left - cost
        return cost
    }

    /// Gives back what the last retry of a successful call cost, or one token when it needed none.
    func deposit(_ destination: Destination, lastCost: Int?) {
        guard let left = tokens[destination] else { return }
        tokens[destination] = min(Self.capacity, left + (lastCost ?? 1))
    }

    /// The tokens that are left.
    public func available(service: String, region: String, account: String = "") -> Int {
        tokens[Destination(account: account, service: service, region: region)] ?? Self.capacity
    }
}
