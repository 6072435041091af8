extension ResourceRecordSet {
    init(_ xml: XMLElement) throws(MalformedResponse) {
        name = try xml.requiredString("Name")
        type = try xml.requiredString("Type")
        setIdentifier = xml.string("SetIdentifier")
        weight = try xml.int("Weight")
        region = xml.string("Region")
        geoLocation = try xml.structure("GeoLocation", GeoLocation.init)
        failover = xml.string("Failover")
        multiValueAnswer = try xml.bool("MultiValueAnswer")
        ttl = try xml.int("TTL")
        resourceRecords = try xml.list("ResourceRecords", item: "ResourceRecord", ResourceRecord.init)
        aliasTarget = try xml.structure("AliasTarget", AliasTarget.init)
        healthCheckId = xml.string("HealthCheckId")
        trafficPolicyInstanceId = xml.string("TrafficPolicyInstanceId")
        cidrRoutingConfig = try xml.structure("CidrRoutingConfig", CIDRRoutingConfig.init)
        geoProximityLocation = try xml.structure("GeoProximityLocation", GeoProximityLocation.init)
        unknownElements = xml.children.map(\.name).filter { !Self.knownElements.contains($0) }
    }

    /// In the order of the schema, which AWS demands.
    func encode(into xml: inout XMLWriter) {
        xml.add("Name", name)
        xml.add("Type", type)
        xml.add("SetIdentifier", setIdentifier)
        xml.add("Weight", weight)
        xml.add("Region", region)
        if let geoLocation { xml.structure("GeoLocation") { geoLocation.encode(into: &$0) } }
        xml.add("Failover", failover)
        xml.add("MultiValueAnswer", multiValueAnswer)
        xml.add("TTL", ttl)
        xml.list("ResourceRecords", item: "ResourceRecord", resourceRecords) { $0.add("Value", $1.value) }
        if let aliasTarget { xml.structure("AliasTarget") { aliasTarget.encode(into: &$0) } }
        xml.add("HealthCheckId", healthCheckId)
        xml.add("TrafficPolicyInstanceId", trafficPolicyInstanceId)
        if let cidrRoutingConfig {
            xml.structure("CidrRoutingConfig") { cidrRoutingConfig.encode(into: &$0) }
        }
        if let geoProximityLocation {
            xml.structure("GeoProximityLocation") { geoProximityLocation.encode(into: &$0) }
        }
    }

    private static let knownElements: Set = [
        "Name", "Type", "SetIdentifier", "Weight", "Region", "GeoLocation", "Failover", "MultiValueAnswer",
        "TTL",
        "ResourceRecords", "AliasTarget", "HealthCheckId", "TrafficPolicyInstanceId", "CidrRoutingConfig",
        "GeoProximityLocation",
    ]
}
