@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for SecretsManager, under the same names.
enum SecretsManagerRequests {

    static let operations: [String: any Operation] = [
        "GetSecretValue in full": GetSecretValue(
            secretId: "SecretId & é", versionId: "11111111-aaaa-bbbb-cccc-222222222222",
            versionStage: "VersionStage & é"),
        "GetSecretValue in brief": GetSecretValue(secretId: "SecretId & é"),
        "PutSecretValue in full": PutSecretValue(
            secretId: "SecretId & é", clientRequestToken: "11111111-aaaa-bbbb-cccc-222222222222",
            secretString: "SecretString & é", versionStages: ["VersionStage & é"]),
        "PutSecretValue in brief": PutSecretValue(
            secretId: "SecretId & é", clientRequestToken: "11111111-aaaa-bbbb-cccc-222222222222",
            secretString: "SecretString & é"),
        "RotateSecret in full": RotateSecret(
            secretId: "SecretId & é", clientRequestToken: "11111111-aaaa-bbbb-cccc-222222222222",
            rotateImmediately: true),
        "RotateSecret in brief": RotateSecret(
            secretId: "SecretId & é", clientRequestToken: "11111111-aaaa-bbbb-cccc-222222222222"),
        "UpdateSecretVersionStage in full": UpdateSecretVersionStage(
            secretId: "SecretId & é", versionStage: "VersionStage & é",
            removeFromVersionId: "11111111-aaaa-bbbb-cccc-333333333333",
            moveToVersionId: "11111111-aaaa-bbbb-cccc-222222222222"),
        "UpdateSecretVersionStage in brief": UpdateSecretVersionStage(
            secretId: "SecretId & é", versionStage: "VersionStage & é"),
        "DescribeSecret in full": DescribeSecret(secretId: "SecretId & é"),
    ]
}
