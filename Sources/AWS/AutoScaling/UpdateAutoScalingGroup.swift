/// Changes a group's limits and its desired number. Each is set to an absolute value.
public struct UpdateAutoScalingGroup: AutoScalingOperation {
    public static let name = "UpdateAutoScalingGroup"
    public var kind: OperationKind { .repeatableMutation }

    public var autoScalingGroupName: String
    public var minSize: Int?
    public var maxSize: Int?
    public var desiredCapacity: Int?

    public init(
        autoScalingGroupName: String, minSize: Int? = nil, maxSize: Int? = nil, desiredCapacity: Int? = nil
    ) {
        self.autoScalingGroupName = autoScalingGroupName
        self.minSize = minSize
        self.maxSize = maxSize
        self.desiredCapacity = desiredCapacity
    }

    public func encode(into form: inout QueryForm) {
        form.add("AutoScalingGroupName", autoScalingGroupName)
        form.add("MinSize", minSize)
        form.add("MaxSize", maxSize)
        form.add("DesiredCapacity", desiredCapacity)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output { Output() }
}
