import Failover

/// Something that goes wrong, drawn up front from the seed. Leaving one out (a mask) changes no other.
public struct Fault: Sendable, Equatable, CustomStringConvertible {
    /// Its place in the schedule, from 0: what a mask names.
    public var index: Int
    public var kind: Kind
    public var place: Place
    /// True time.
    public var from: Timestamp
    /// Exclusive. For what happens at one instant: equal to `from`.
    public var until: Timestamp
    /// Of the messages, calls or moments concerned: 0...1. What else it may be is said at each kind.
    public var rate: Double

    /// Where; nil is everywhere.
    public struct Place: Sendable, Equatable {
        public var host: HostID?
        public var region: Region?
        /// `Service.id`.
        public var service: String?
        public var site: SiteName?
        public var workload: WorkloadID?

        public init(
            host: HostID? = nil, region: Region? = nil, service: String? = nil, site: SiteName? = nil,
            workload: WorkloadID? = nil
        ) {
            self.host = host
            self.region = region
            self.service = service
            self.site = site
            self.workload = workload
        }
    }

    public init(index: Int, kind: Kind, place: Place, from: Timestamp, until: Timestamp, rate: Double = 1) {
        self.index = index
        self.kind = kind
        self.place = place
        self.from = from
        self.until = until
        self.rate = rate
    }

    public var description: String {
        let places = [
            place.host?.rawValue, place.region?.rawValue, place.service, place.site?.description,
            place.workload?.rawValue,
        ].compactMap(\.self)
        let span =
            until == .distantFuture
            ? " for good" : until > from ? " for \((until - from).text)" : ""
        return "#\(index) \(kind.rawValue) \(places.isEmpty ? "everywhere" : places.joined(separator: " "))"
            + span + (rate == 1 ? "" : " rate \(rate)")
    }
}
