import HTTPTransport
import Testing

@testable import AWS

@Suite("Error documents")
struct FaultTests {
    private func error<O: Operation>(
        _ operation: O, _ status: Int, _ body: String, headers: HTTPHeaders = []
    ) async throws -> AWSError {
        let transport = ScriptedTransport(.answer(status, body, headers))
        return try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(
                operation, region: "eu-west-1", options: CallOptions(maxAttempts: 1))
        }
    }

    @Test("of the query protocol")
    func query() async throws {
        let body = """
            <ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><Error><Type>Sender</Type>
            <Code>DBInstanceNotFound</Code><Message>DBInstance o not found.</Message></Error>
            <RequestId>r-7</RequestId></ErrorResponse>
            """
        let error = try await error(PromoteReadReplica(dbInstanceIdentifier: "o"), 404, body)
        #expect(error.kind == .notFound)
        #expect(error.code == "DBInstanceNotFound")
        #expect(error.requestID == "r-7")
        #expect(error.outcome == .notDone)
        #expect(error.description.contains("DBInstance o not found."))
        #expect(error.description.contains("request r-7"))
    }

    @Test("of EC2, whose answer to a dry run is one")
    func ec2() async throws {
        let body = """
            <?xml version="1.0"?><Response><Errors><Error><Code>DryRunOperation</Code>
            <Message>Request would have succeeded, but DryRun flag is set.</Message></Error></Errors>
            <RequestID>r-8</RequestID></Response>
            """
        let call = RevokeSecurityGroupIngress(groupId: "sg-1", securityGroupRuleIds: ["sgr-1"], dryRun: true)
        let error = try await error(call, 412, body)
        #expect(error.isDryRunPermission)
        #expect(error.requestID == "r-8")
        #expect(call.kind == .read)
        #expect(RevokeSecurityGroupIngress(groupId: "sg-1").kind == .mutation)
    }

    @Test("of Route 53, with and without the envelope")
    func changeBatch() async throws {
        let bare = """
            <InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Messages>
            <Message>Tried to delete resource record set but it was not found</Message><Message>two</Message>
            </Messages></InvalidChangeBatch>
            """
        let change = ChangeResourceRecordSets(
            hostedZoneId: "Z", changes: [RecordChange(.delete, RecordExamples.weighted)])
        let first = try await error(
            change, 400, bare, headers: HTTPHeaders([HTTPHeader("x-amzn-RequestId", "r-9")]))
        #expect(first.code == "InvalidChangeBatch")
        #expect(first.kind == .refused)
        #expect(first.message.hasSuffix("not found; two"))
        #expect(first.requestID == "r-9")
        let wrapped = try await error(
            change, 400,
            "<ErrorResponse><Error><Code>PriorRequestNotComplete</Code></Error></ErrorResponse>"
        )
        #expect(wrapped.kind == .throttled)
        #expect(wrapped.retryable)
    }

    @Test("of DynamoDB, with the item that did not meet the condition")
    func dynamoDB() async throws {
        let body = """
            {"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            "message":"The conditional request failed","Item":{"epoch":{"N":"12"}}}
            """
        let update = UpdateItem(tableName: "t", key: [:], updateExpression: "SET a=:a")
        let error = try await error(update, 400, body)
        #expect(error.isConditionalCheckFailure)
        #expect(error.refusedItem == ["epoch": .number(12)])
        #expect(error.message == "The conditional request failed")
    }

    @Test(
        "codes say what kind of failure it is, before the status does",
        arguments: [
            ("Throttling", 400, AWSError.Kind.throttled), ("RequestLimitExceeded", 503, .throttled),
            ("ThrottlingException", 400, .throttled), ("InternalFailure", 500, .serverFault),
            ("Surprise", 500, .serverFault), ("Surprise", 400, .refused),
            ("AccessDenied", 403, .accessDenied),
            ("UnauthorizedOperation", 403, .accessDenied), ("AuthorizationError", 403, .accessDenied),
            ("InvalidClientTokenId", 403, .credentialsRejected),
            ("SignatureDoesNotMatch", 403, .credentialsRejected), ("ExpiredToken", 403, .credentialsRejected),
            ("RequestExpired", 400, .clockSkew), ("DBClusterNotFoundFault", 404, .notFound),
            ("NoSuchHostedZone", 404, .notFound), ("InvalidGroup.NotFound", 400, .notFound),
            ("InvalidDBInstanceState", 400, .refused),
        ])
    func kinds(code: String, status: Int, kind: AWSError.Kind) async throws {
        let body = "<ErrorResponse><Error><Code>\(code)</Code></Error></ErrorResponse>"
        #expect(try await error(DescribeDBInstances(), status, body).kind == kind)
    }

    @Test(
        "a redirect or a proxy's page with a 4xx status is no answer of AWS",
        arguments: [301, 302, 403, 407, 413])
    func notFromAWS(status: Int) async throws {
        let error = try await error(PromoteReadReplica(dbInstanceIdentifier: "o"), status, "<html>no</html>")
        #expect(error.kind == .malformedResponse)
        #expect(error.outcome == .notDone)
        #expect(error.status == status)
    }

    @Test("what a user reads says what to do, and whether to look first")
    func description() async throws {
        let transport = ScriptedTransport(.failure(.totalTimeout, mayHaveReachedServer: true))
        let error = try await failure { () async throws(AWSError) in
            try await AWSClient.test(transport).call(
                PromoteReadReplica(dbInstanceIdentifier: "o"), region: "eu-west-1")
        }
        #expect(error.description.contains("RDS PromoteReadReplica in eu-west-1"))
        #expect(error.description.contains("may have taken effect"))
        #expect(error.description.contains("Check the network path"))
    }
}
