import Failover

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An observation without its time and without metric samples, which differ from look to look while the fact
/// stays the same. Stored once, as JSON under a number that is made of its bytes.
struct Template: Sendable, Equatable, Codable {
    var database: DatabaseID
    var source: String
    var vantage: String
    /// Samples are taken out of it.
    var fact: Fact

    init(_ observation: Observation, fact: Fact) {
        database = observation.database
        source = observation.source
        vantage = observation.vantage
        self.fact = fact
    }

    /// What must differ for it to count as another fact: the wording without the spans, positions
    /// and numbers of requests in it.
    var essence: Template {
        var copy = self
        copy.fact = fact.withoutTrifles
        return copy
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A metric may hold anything; what was seen is kept as it was.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "+inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    static func reading(_ text: String) throws -> Template {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "+inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(Template.self, from: Data(text.utf8))
    }

    /// The first eight bytes of the text's SHA-256.
    static func id(of text: String) -> Int64 {
        let digest = SHA256.digest([UInt8](text.utf8)).prefix(8)
        return Int64(bitPattern: digest.reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension Fact {
    fileprivate var withoutTrifles: Fact {
        switch self {
        case .routeHealth(.unknown(let reason, let detail)):
            .routeHealth(reading: .unknown(reason: reason, detail: Wording.essence(of: detail)))
        case .database(let side, .unknown(let reason, let detail)):
            .database(side: side, reading: .unknown(reason: reason, detail: Wording.essence(of: detail)))
        case .replication(.unknown(let reason, let detail)):
            .replication(reading: .unknown(reason: reason, detail: Wording.essence(of: detail)))
        case .probe(let side, .unknown(let reason, let detail)):
            .probe(side: side, reading: .unknown(reason: reason, detail: Wording.essence(of: detail)))
        case .probe(let side, .known(let answer)):
            .probe(side: side, reading: .known(value: answer.withoutTrifles))
        default: self
        }
    }
}

extension ProbeAnswer {
    /// A busy server's position is another one with every look, and nothing is decided by it.
    fileprivate var withoutTrifles: ProbeAnswer {
        var answer = self
        answer.detail = Wording.essence(of: detail)
        answer.sql?.detail = Wording.essence(of: sql?.detail ?? "")
        answer.sql?.position = nil
        return answer
    }
}
