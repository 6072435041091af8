import Failover

enum AWSKey: String, SectionKey {
    case endpoints, profile
    case caBundle = "ca_bundle"
    case metricPeriod = "metric_period"
    case connectTimeout = "connect_timeout"
    case requestTimeout = "request_timeout"
    case maxAttempts = "max_attempts"

    static let places = ["aws"]
}

enum EndpointKey: String, SectionKey {
    case service, region, url

    static let places = ["aws.endpoints[]"]
}

extension AWSSettings {
    /// The services that drctl calls.
    static let services = ["rds", "route53", "cloudwatch", "ec2", "sns", "sts", "dynamodb", "iam"]

    /// Every key has a default, so there are always settings; what is refused keeps its default and is
    /// reported.
    init(_ section: Section<AWSKey>) {
        self.init()
        let overrides =
            section.field(.endpoints)?.items(atMost: 64)?.compactMap { EndpointOverride.read($0) } ?? []
        section.findings.refuseDuplicates(
            overrides, as: { "\($0.service ?? "*") \($0.region?.rawValue ?? "*")" }
        ) {
            "names the same service and Region as \($0)"
        }
        // Stable: equally specific ones never match the same call, as duplicates are refused.
        endpoints = overrides.map(\.value).sorted { $0.specificity > $1.specificity }
        profile = section.field(.profile)?.text()?.value
        caBundle = section.field(.caBundle)?.text(Shapes.absolutePath)?.value
        if let period = section.field(.metricPeriod)?.duration(in: .seconds(1) ... .hours(1)) {
            metricPeriod = Int(period.value.components.seconds)
            let known = [1, 5, 10, 30].contains(metricPeriod) || metricPeriod % 60 == 0
            if !known || period.value.milliseconds % 1000 != 0 {
                section.findings.refuse(
                    period, "is \(period.value.written); CloudWatch has 1s, 5s, 10s, 30s and whole minutes")
            }
        }
        if let limit = section.field(.connectTimeout)?.duration(in: .milliseconds(100) ... .seconds(30)) {
            connectTimeout = limit.value
        }
        let request = section.field(.requestTimeout)?.duration(in: .seconds(1) ... .minutes(2))
        if let request { requestTimeout = request.value }
        if connectTimeout > requestTimeout {
            section.findings.refuse(
                request ?? section.standing(requestTimeout, for: .requestTimeout),
                "is \(requestTimeout.written), less than connect_timeout, which is a part of it; "
                    + "use at least \(connectTimeout.written)")
        }
        if let attempts = section.field(.maxAttempts)?.integer(in: 1...10) { maxAttempts = attempts.value }
    }
}

extension EndpointOverride {
    static func read(_ field: Field) -> Located<EndpointOverride>? {
        guard let section = field.section(EndpointKey.self) else { return nil }
        let service = section.field(.service)?.text { (text) throws(Refusal) in
            guard AWSSettings.services.contains(text) else {
                throw Refusal(notOneOf(text, AWSSettings.services))
            }
            return text
        }
        let region = section.field(.region)?.text(Shapes.region)
        guard let url = section.required(.url, "the address to use instead of AWS's")?.text(Shapes.baseURL)
        else {
            return nil
        }
        if url.value.hasPrefix("http:"), !Shapes.isLoopback(url: url.value) {
            section.findings.warn(url, "is not encrypted; signed requests can be read on the way")
        }
        return field.located(EndpointOverride(service: service?.value, region: region?.value, url: url.value))
    }
}
