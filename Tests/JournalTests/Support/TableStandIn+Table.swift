import AWS

@testable import Journal

extension TableStandIn {
    /// The table, through a client of AWS's.
    var table: SharedTable {
        let credentials = Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", source: "test")
        let client = AWSClient(
            transport: self, credentials: StaticCredentialsProvider(credentials),
            endpoints: EndpointResolver(),
            surroundings: Surroundings(
                now: { WallTime(unixSeconds: 1_800_000_000) }, steady: { .zero }, sleep: { _ in },
                random: { 0 }, environment: [:], readFile: { _ in "" }))
        return SharedTable(name: "drctl", region: "eu-west-1", aws: client)
    }
}
