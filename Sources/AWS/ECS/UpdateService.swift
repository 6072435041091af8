/// Says how many tasks a service shall have, or of which definition.
public struct UpdateService: ECSOperation {
    public static let name = "UpdateService"
    /// A deployment that is forced begins anew each time.
    public var kind: OperationKind { forceNewDeployment == true ? .mutation : .repeatableMutation }

    public var service: String
    /// Nil for `default`.
    public var cluster: String?
    public var desiredCount: Int?
    public var taskDefinition: String?
    public var forceNewDeployment: Bool?

    public init(
        service: String, cluster: String? = nil, desiredCount: Int? = nil, taskDefinition: String? = nil,
        forceNewDeployment: Bool? = nil
    ) {
        self.service = service
        self.cluster = cluster
        self.desiredCount = desiredCount
        self.taskDefinition = taskDefinition
        self.forceNewDeployment = forceNewDeployment
    }

    public func encode(into json: inout JSONMembers) {
        json.add("service", service)
        json.add("cluster", cluster)
        json.add("desiredCount", desiredCount)
        json.add("taskDefinition", taskDefinition)
        json.add("forceNewDeployment", forceNewDeployment)
    }

    public typealias Output = ECSService

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> ECSService {
        try ECSService(document.required("service"))
    }
}
