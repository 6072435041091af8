/// What an errand asks of AWS when all goes well.
public struct Expense: Sendable, Hashable {
    /// One API of one Region, which AWS throttles as one.
    public struct Place: Sendable, Hashable, Comparable {
        /// `Service.id`.
        public var service: String
        public var region: String

        public init(service: String, region: String) {
            self.service = service
            self.region = region
        }

        public static func < (left: Place, right: Place) -> Bool {
            (left.service, left.region) < (right.service, right.region)
        }
    }

    public var place: Place
    public var operation: String
    public var calls: Int
    /// GetMetricData is paid by the metric, not by the call.
    public var metrics: Int

    public init(service: String, region: String, operation: String, calls: Int = 1, metrics: Int = 0) {
        place = Place(service: service, region: region)
        self.operation = operation
        self.calls = calls
        self.metrics = metrics
    }
}
