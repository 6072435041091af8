import Observers

/// What AWS charges for one unit of something, in USD.
struct Price: Encodable {
    var unit: String
    var dollars: Double
    /// The page of AWS's price list. A script fills in its figures: a copy of the page does not show them.
    var source: String
    /// A page that states the figure, and that it was compared with.
    var statedBy: String

    /// When these were looked up. They are those of the US Regions; others differ by a few tenths.
    static let asOf = "2026-11"

    static let free = Price(
        unit: "call", dollars: 0, source: "https://aws.amazon.com/rds/pricing/",
        statedBy: "https://aws.amazon.com/rds/pricing/")
    /// The free tier's million of API requests does not cover these.
    static let metric = Price(
        unit: "metric requested", dollars: CallBudget.dollarsPerMetric, source: cloudWatch,
        statedBy: cloudWatch)
    /// Of standard resolution. Up to ten are free, which is not counted on.
    static let alarm = Price(
        unit: "alarm and month", dollars: 0.10, source: cloudWatch,
        statedBy: "https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm")
    /// Of an endpoint in AWS, without options; HTTPS, string matching, a fast interval and latency cost one
    /// USD more each. Calls to the API of Route 53 cost nothing.
    static let healthCheck = Price(
        unit: "health check and month", dollars: 0.50, source: "https://aws.amazon.com/route53/pricing/",
        statedBy: "https://wewantcode.com/en/course/aws/lesson/7-84-health-checks-status-check.html")
    /// Of up to 1 kB.
    static let tableWrite = Price(
        unit: "write", dollars: 0.625 / 1_000_000, source: dynamoDB, statedBy: dynamoDBStated)
    /// A consistent read of up to 4 kB.
    static let tableRead = Price(
        unit: "read", dollars: 0.125 / 1_000_000, source: dynamoDB, statedBy: dynamoDBStated)
    static let publish = Price(
        unit: "publish", dollars: 0.50 / 1_000_000, source: sns, statedBy: snsStated)
    /// To an HTTPS subscriber, by message; mail costs 2 USD for 100,000.
    static let delivery = Price(
        unit: "delivery", dollars: 0.60 / 1_000_000, source: sns, statedBy: snsStated)

    private static let cloudWatch = "https://aws.amazon.com/cloudwatch/pricing/"
    private static let dynamoDB = "https://aws.amazon.com/dynamodb/pricing/on-demand/"
    private static let dynamoDBStated = "https://airbyte.com/data-engineering-resources/dynamodb-pricing"
    private static let sns = "https://aws.amazon.com/sns/pricing/"
    private static let snsStated =
        "https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/"
}
