/// What an alias stands for.
public struct AliasTarget: Sendable, Hashable {
    public var hostedZoneId: String
    public var dnsName: String
    public var evaluateTargetHealth: Bool

    public init(hostedZoneId: String, dnsName: String, evaluateTargetHealth: Bool) {
        self.hostedZoneId = hostedZoneId
        self.dnsName = dnsName
        self.evaluateTargetHealth = evaluateTargetHealth
    }

    init(_ xml: XMLElement) throws(MalformedResponse) {
        hostedZoneId = try xml.requiredString("HostedZoneId")
        dnsName = try xml.requiredString("DNSName")
        evaluateTargetHealth = try xml.requiredBool("EvaluateTargetHealth")
    }

    func encode(into xml: inout XMLWriter) {
        xml.add("HostedZoneId", hostedZoneId)
        xml.add("DNSName", dnsName)
        xml.add("EvaluateTargetHealth", evaluateTargetHealth)
    }
}
