/// Finds the endpoint of a service in a Region. Source of the formulas: botocore 1.43.127, endpoint rule
/// sets.
public struct EndpointResolver: Sendable {
    private let settings: EndpointSettings

    public init(_ settings: EndpointSettings = EndpointSettings()) {
        self.settings = settings
    }

    /// - Throws: `EndpointError` when the Region is no host name label, or an override is no URL.
    public func endpoint(for service: Service, region: String) throws(EndpointError) -> Endpoint {
        guard Self.isLabel(region) else { throw .region(region) }
        var endpoint = standard(for: service, region: region)
        let place = EndpointSettings.Place(service: service.id, region: region)
        if let override = settings.byPlace[place] ?? settings.byService[service.id] {
            endpoint.connectTo = override.connectTo
            if let url = override.url { endpoint.url = try Self.checked(url) }
        } else if let url = settings.configured[service.environmentID] ?? settings.configuredForAll {
            endpoint.url = try Self.checked(url)
        }
        return endpoint
    }

    /// One that the caller names, which counts before all settings.
    static func named(_ url: String, region: String) throws(EndpointError) -> Endpoint {
        guard isLabel(region) else { throw .region(region) }
        return Endpoint(url: try checked(url), signingRegion: region)
    }

    private func standard(for service: Service, region: String) -> Endpoint {
        let partition = Partition.of(region: region)
        switch service.reach {
        case .regional:
            let host = regionalHost(service, region: region, partition)
            return Endpoint(url: "https://\(host)", signingRegion: region)
        case .global:
            let host = globalHost(service, partition)
            return Endpoint(url: "https://\(host)", signingRegion: partition.globalRegion)
        }
    }

    private func regionalHost(_ service: Service, region: String, _ partition: Partition) -> String {
        var fips = settings.useFIPS
        if partition == .govCloud, !Self.namesFIPSInGovCloud.contains(service.id) {
            // Its plain hosts are FIPS hosts already; with dual stack all but CloudWatch name it again.
            fips = fips && settings.useDualStack && service.id != "cloudwatch"
        }
        let suffix =
            usesDualStackSuffix(service, partition) ? partition.dualStackSuffix : partition.dnsSuffix
        return "\(service.endpointPrefix)\(fips ? "-fips" : "").\(region).\(suffix)"
    }

    /// Those whose hosts in GovCloud say FIPS, as everywhere else.
    private static let namesFIPSInGovCloud: Set<String> = [
        "secretsmanager", "ecs", "lambda", "arc-region-switch", "route53-recovery-cluster",
    ]

    private func usesDualStackSuffix(_ service: Service, _ partition: Partition) -> Bool {
        switch service.id {
        // It has no other hosts.
        case "arc-region-switch": true
        // Its plain hosts speak both there.
        case "secretsmanager" where partition == .commercial || partition == .govCloud: false
        case "secretsmanager" where partition == .china: settings.useDualStack && settings.useFIPS
        default: settings.useDualStack
        }
    }

    private func globalHost(_ service: Service, _ partition: Partition) -> String {
        let fips = settings.useFIPS && partition != .govCloud ? "-fips" : ""
        let name = service.endpointPrefix + fips
        let suffix = settings.useDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        switch partition {
        case .govCloud: return "\(name).us-gov.\(suffix)"
        case .commercial where settings.useDualStack: return "\(name).global.\(suffix)"
        case .european where settings.useDualStack && !settings.useFIPS: return "\(name).global.\(suffix)"
        case .china where settings.useDualStack && !settings.useFIPS: return "\(name).global.\(suffix)"
        default: return "\(name).\(suffix)"
        }
    }

    /// A Region becomes part of a host name, so that anything else could lead a signed request astray.
    private static func isLabel(_ region: String) -> Bool {
        (1...63).contains(region.utf8.count) && !region.hasPrefix("-") && !region.hasSuffix("-")
            && region.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }

    private static func checked(_ url: String) throws(EndpointError) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        let scheme = ["https://", "http://"].first { url.lowercased().hasPrefix($0) }
        let forbidden: Set<Character> = ["?", "#", "@", " ", "\"", "\\", "\r", "\n"]
        guard let scheme, url.count > scheme.count, !url.contains(where: forbidden.contains) else {
            throw .override(url)
        }
        return url
    }
}
