import Failover

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A record as JSON with sorted keys, so that the same record is always the same bytes: the chain is over
/// them.
enum RecordText {
    static func encode(_ record: Record, index: Int) throws(Refusal) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data: Data
        do {
            data = try encoder.encode(record)
        } catch {
            throw Refusal(cause: .unencodable(index: index, detail: Self.reason(error)))
        }
        guard data.count <= JournalBounds.recordBytes else {
            let detail = "\(data.count) bytes, more than \(JournalBounds.recordBytes)"
            throw Refusal(cause: .unencodable(index: index, detail: detail))
        }
        return String(decoding: data, as: UTF8.self)
    }

    static func decode(_ text: String, sequence: Int64) throws(Refusal) -> Record {
        do {
            return try JSONDecoder().decode(Record.self, from: Data(text.utf8))
        } catch {
            throw Refusal(cause: .undecodable(sequence: sequence, detail: Self.reason(error)))
        }
    }

    /// The place and the complaint, without the dump that the errors print by themselves.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.dataCorrupted(let context), DecodingError.keyNotFound(_, let context),
            DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            reason(context.codingPath, context.debugDescription)
        case EncodingError.invalidValue(_, let context):
            reason(context.codingPath, context.debugDescription)
        default:
            String(describing: error)
        }
    }

    private static func reason(_ place: [any CodingKey], _ complaint: String) -> String {
        place.isEmpty ? complaint : place.map(\.stringValue).joined(separator: ".") + ": " + complaint
    }
}
