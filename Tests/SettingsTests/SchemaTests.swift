import Foundation
import Testing

@testable import Settings

/// The end-to-end tests hold it against files, with a validator that is not ours.
@Suite("The JSON Schema of config.yaml") struct SchemaTests {
    let schema = ConfigurationSchema()

    private var known: Set<String> { Set(KnownKeys.all.flatMap { Self.paths(of: $0) }) }

    private static func paths<Key: SectionKey>(of keys: Key.Type) -> [String] {
        keys.places.flatMap { place in
            keys.allCases.map { place.isEmpty ? $0.rawValue : "\(place).\($0.rawValue)" }
        }
    }

    @Test("has every key that the parser knows, and no other")
    func everyKey() {
        #expect(schema.paths.subtracting(known) == [], "in the schema alone")
        #expect(known.subtracting(schema.paths) == [], "known, but the parser never asks for it")
    }

    @Test("knows the form of every value")
    func everyForm() { #expect(schema.formless == []) }

    @Test("explains no key that does not exist")
    func words() { #expect(KeyWords.paths.subtracting(known) == []) }

    @Test("is JSON, with ranges, choices and conditions from the parser")
    func content() throws {
        let read = try #require(
            JSONSerialization.jsonObject(with: Data(schema.json.utf8)) as? [String: Any])
        #expect(read["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(read["required"] as? [String] == ["controller", "workloads"])
        let properties = try #require(read["properties"] as? [String: Any])
        let controller = try #require(properties["controller"] as? [String: Any])
        let keys = try #require(controller["properties"] as? [String: [String: Any]])
        #expect(keys["max_concurrent_failovers"]?["maximum"] as? Int == 64)
        #expect((keys["log_level"]?["enum"] as? [String])?.first == "trace")
        #expect((keys["poll_interval"]?["description"] as? String)?.hasSuffix("1s to 5m.") == true)
        let workloads = try #require(properties["workloads"] as? [String: Any])
        let workload = try #require(workloads["additionalProperties"] as? [String: Any])
        let parts = try #require(workload["properties"] as? [String: [String: Any]])
        let lever = try #require(parts["traffic"]?["items"] as? [String: Any])
        #expect((lever["allOf"] as? [Any])?.count == 2, "one condition for each kind of lever")
        #expect(lever["required"] as? [String] == ["database", "lever", "name"])
    }

    @Test("is the same at each making")
    func same() { #expect(ConfigurationSchema().json == schema.json) }
}
