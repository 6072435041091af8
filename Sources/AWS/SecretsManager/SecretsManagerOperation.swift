extension Service {
    public static let secretsManager = Service(
        id: "secretsmanager", title: "Secrets Manager", endpointPrefix: "secretsmanager",
        signingName: "secretsmanager",
        environmentID: "SECRETS_MANAGER", apiVersion: "2017-10-17",
        wireProtocol: .json(version: "1.1", targetPrefix: "secretsmanager"))
}

/// An operation of Secrets Manager.
public protocol SecretsManagerOperation: JSONMembersOperation {}

extension SecretsManagerOperation {
    public static var service: Service { .secretsManager }
}
