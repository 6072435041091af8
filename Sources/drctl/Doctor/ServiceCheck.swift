import Server

/// Does the service that answers do what the file at hand says?
struct ServiceCheck {
    var status: ServiceStatus
    var digest: String
    var version: String

    var findings: [Finding] {
        var findings: [Finding] = []
        if let fault = status.journalFault {
            findings.append(.fail("service", "its journal cannot be written, so it does nothing: \(fault)"))
        }
        if status.configurationDigest != digest {
            findings.append(
                .warn(
                    "service",
                    "it runs configuration \(status.configurationDigest), this file is \(digest): restart it "
                        + "to put the file in force"))
        }
        if status.version != version {
            findings.append(
                .warn("service", "it is version \(status.version), this is \(version): restart it"))
        }
        return findings
    }
}
