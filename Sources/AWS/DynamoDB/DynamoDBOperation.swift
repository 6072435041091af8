extension Service {
    public static let dynamoDB = Service(
        id: "dynamodb", title: "DynamoDB", endpointPrefix: "dynamodb", signingName: "dynamodb",
        environmentID: "DYNAMODB", apiVersion: "2012-08-10",
        wireProtocol: .json(version: "1.0", targetPrefix: "DynamoDB_20120810"))
}

/// An operation of DynamoDB.
public protocol DynamoDBOperation: JSONOperation {}

extension DynamoDBOperation {
    public static var service: Service { .dynamoDB }
}
