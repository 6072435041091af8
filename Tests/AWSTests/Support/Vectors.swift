import Foundation

@testable import AWS

/// The recorded requests and answers of botocore; see `Vectors/generate.py`.
enum Vectors {
    static func cases(_ name: String) throws -> [JSONValue] {
        try JSONReader.parse(Array(data(name))).array ?? []
    }

    static func lines(_ name: String) throws -> [String] {
        String(decoding: try data(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    static func file(_ name: String) throws -> URL {
        guard let folder = Bundle.module.url(forResource: "Vectors", withExtension: nil) else {
            throw NoSuchFile()
        }
        return folder.appendingPathComponent(name)
    }

    private static func data(_ name: String) throws -> Data {
        try Data(contentsOf: file(name))
    }
}
