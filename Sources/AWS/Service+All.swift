extension Service {
    /// Every service this room speaks with.
    public static let all: [Service] = [
        .rds, .cloudWatch, .route53, .sns, .sts, .ec2, .dynamoDB, .secretsManager, .ecs, .autoScaling,
        .lambda,
        .routingControl, .regionSwitch, .iam,
    ]
}
