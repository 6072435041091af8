import AWS

/// The record sets of `Vectors/inputs.py`.
enum RecordExamples {
    static let weighted = ResourceRecordSet(
        name: "db.example.com.", type: "CNAME", setIdentifier: "eu-west-1 & <more>", weight: 0, ttl: 30,
        resourceRecords: [ResourceRecord(value: "orders.x.eu-west-1.rds.amazonaws.com")],
        healthCheckId: "aaaaaaaa-0000-0000-0000-000000000001")

    static let alias = ResourceRecordSet(
        name: "\\052.example.com.", type: "A", setIdentifier: "primary", failover: "PRIMARY",
        aliasTarget: AliasTarget(hostedZoneId: "Z2", dnsName: "lb.example.com.", evaluateTargetHealth: true))

    /// Every member at once, which no real record set has.
    static let everything = ResourceRecordSet(
        name: "geo.example.com.", type: "TXT", setIdentifier: "é", weight: 7, region: "eu-west-1",
        geoLocation: GeoLocation(continentCode: "EU", countryCode: "DE", subdivisionCode: "BY"),
        failover: "SECONDARY", multiValueAnswer: false, ttl: 300,
        resourceRecords: [
            ResourceRecord(value: #""a \"quoted\" text""#), ResourceRecord(value: "\"two\""),
        ], aliasTarget: AliasTarget(hostedZoneId: "Z2", dnsName: "x.", evaluateTargetHealth: false),
        healthCheckId: "h", trafficPolicyInstanceId: "tp",
        cidrRoutingConfig: CIDRRoutingConfig(
            collectionId: "cccccccc-1111-2222-3333-444444444444", locationName: "home"),
        geoProximityLocation: GeoProximityLocation(
            awsRegion: "eu-west-1", localZoneGroup: "lz",
            coordinates: Coordinates(latitude: "48.10", longitude: "-11.50"), bias: -5))
}
