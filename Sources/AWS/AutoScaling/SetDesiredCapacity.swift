/// Says how many instances a group shall have, between its limits.
public struct SetDesiredCapacity: AutoScalingOperation {
    public static let name = "SetDesiredCapacity"
    public var kind: OperationKind { .repeatableMutation }

    public var autoScalingGroupName: String
    public var desiredCapacity: Int
    /// Nil or false: at once.
    public var honorCooldown: Bool?

    public init(autoScalingGroupName: String, desiredCapacity: Int, honorCooldown: Bool? = nil) {
        self.autoScalingGroupName = autoScalingGroupName
        self.desiredCapacity = desiredCapacity
        self.honorCooldown = honorCooldown
    }

    public func encode(into form: inout QueryForm) {
        form.add("AutoScalingGroupName", autoScalingGroupName)
        form.add("DesiredCapacity", desiredCapacity)
        form.add("HonorCooldown", honorCooldown)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
