/// The host and port of a URL.
struct Authority {
    /// Lower case, IPv6 in brackets, the port only if it is not the scheme's own.
    let hostHeader: String

    init(_ bytes: ArraySlice<UInt8>, usesTLS: Bool) throws(Defect) {
        guard !bytes.contains(UInt8(ascii: "@")) else {
            throw Defect(
                .url, "the URL carries a user name before the host",
                remedy: "remove everything up to the @: credentials are passed apart from the URL")
        }
        let (host, port) = try Self.split(bytes)
        let name = Characters.lowercased(String(decoding: host, as: UTF8.self))
        guard let port = try Self.number(port), port != (usesTLS ? 443 : 80) else {
            hostHeader = name
            return
        }
        hostHeader = "\(name):\(port)"
    }

    private static func split(
        _ bytes: ArraySlice<UInt8>
    ) throws(Defect) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>) {
        guard bytes.first == UInt8(ascii: "[") else {
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            let host = bytes[..<colon]
            guard !host.isEmpty else {
                throw Defect(.url, "the URL has no host", remedy: "write the host between // and the path")
            }
            guard host.allSatisfy(isHostByte) else {
                throw Defect(
                    .url, "the host of the URL has a character that no host name has",
                    remedy: "use letters, digits, dots and hyphens; write other scripts as xn-- labels")
            }
            return (host, bytes[colon...].dropFirst())
        }
        guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else {
            throw Defect(.url, "the IPv6 address has no closing bracket", remedy: "write it as [::1]")
        }
        let literal = bytes[...close]
        let address = literal.dropFirst().dropLast()
        let colons = address.count { $0 == UInt8(ascii: ":") }
        let after = bytes[(close + 1)...]
        guard (2...7).contains(colons), address.allSatisfy(isAddressByte) else {
            throw Defect(
                .url, "the brackets of the host do not hold an IPv6 address",
                remedy: "write it as [::1], without a zone")
        }
        guard after.isEmpty || after.first == UInt8(ascii: ":") else {
            throw Defect(
                .url, "something other than a port follows the IPv6 address", remedy: "write it as [::1]:8000"
            )
        }
        return (literal, after.dropFirst())
    }

    private static func number(_ port: ArraySlice<UInt8>) throws(Defect) -> UInt16? {
        // `https://host:/` is legal and means the scheme's own port.
        guard !port.isEmpty else { return nil }
        guard port.allSatisfy(Characters.isDigit), let number = UInt16(String(decoding: port, as: UTF8.self))
        else {
            throw Defect(
                .url, "the port of the URL is not a number from 0 to 65535",
                remedy: "write it as https://host:8443/, and an IPv6 host in brackets")
        }
        return number
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        // The underscore is not a host name's, but container networks use it.
        Characters.isLetter(byte) || Characters.isDigit(byte) || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        Hex.value(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
}
