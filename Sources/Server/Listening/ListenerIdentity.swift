import HummingbirdCore
import HummingbirdTLS
import NIOSSL

/// What a listener proves itself with: certificate and key, as PEM files.
public struct ListenerIdentity: Sendable, Equatable {
    public var certificateFile: String
    public var keyFile: String

    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    /// Whether both can be read, and fit together.
    public func check() throws { _ = try NIOSSLContext(configuration: configuration()) }

    /// TLS around a server, with the files as they are now.
    func secured(_ server: HTTPServerBuilder) throws -> HTTPServerBuilder {
        try .tls(server, tlsConfiguration: configuration())
    }

    private func configuration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
