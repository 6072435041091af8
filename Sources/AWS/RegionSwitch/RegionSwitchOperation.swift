extension Service {
    public static let regionSwitch = Service(
        id: "arc-region-switch", title: "Region switch", endpointPrefix: "arc-region-switch",
        signingName: "arc-region-switch",
        environmentID: "ARC_REGION_SWITCH", apiVersion: "2022-07-26",
        wireProtocol: .json(version: "1.0", targetPrefix: "ArcRegionSwitch"))
}

/// An operation of ARC Region switch.
public protocol RegionSwitchOperation: JSONMembersOperation {}

extension RegionSwitchOperation {
    public static var service: Service { .regionSwitch }
}
