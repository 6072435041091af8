import Observers

/// What AWS charges for one unit of something, in USD.
struct Price: Encodable {
    var unit: String
    var dollars: Double
    /// The page of AWS's price list.
    var source: String

    /// When these were looked up. They are those of the US Regions; others differ by a few tenths.
    static let asOf = "2026-11"

    static let free = Price(unit: "call", dollars: 0, source: "https://aws.amazon.com/rds/pricing/")
    static let metric = Price(
        unit: "metric requested", dollars: CallBudget.dollarsPerMetric,
        source: "https://aws.amazon.com/cloudwatch/pricing/")
    /// Up to ten are free, which is not counted on.
    static let alarm = Price(
        unit: "alarm and month", dollars: 0.10, source: "https://aws.amazon.com/cloudwatch/pricing/")
    /// Of an endpoint in AWS, without options; HTTPS, string matching, a fast interval and latency cost one
    /// USD more each.
    static let healthCheck = Price(
        unit: "health check and month", dollars: 0.50, source: "https://aws.amazon.com/route53/pricing/")
    static let tableWrite = Price(
        unit: "write", dollars: 0.625 / 1_000_000,
        source: "https://aws.amazon.com/dynamodb/pricing/on-demand/")
    /// A consistent read of up to 4 kB.
    static let tableRead = Price(
        unit: "read", dollars: 0.125 / 1_000_000,
        source: "https://aws.amazon.com/dynamodb/pricing/on-demand/")
    static let publish = Price(
        unit: "publish", dollars: 0.50 / 1_000_000, source: "https://aws.amazon.com/sns/pricing/")
}
