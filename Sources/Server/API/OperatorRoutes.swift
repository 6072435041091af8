import Failover
import Foundation
import HTTPTypes
import Hummingbird
import Journal

/// The operator API, `/v1`. It decides nothing: it asks the controller and says what came back.
struct OperatorRoutes: Sendable {
    let operations: any Operations
    let access: Access
    let page: PageRoutes
    let desk: RequestDesk
    let isReadingThePast = Locked(false)

    /// Records in one answer.
    static let maximumHistory = 1000

    init(operations: any Operations, access: Access, page: PageRoutes) {
        self.operations = operations
        self.access = access
        self.page = page
        desk = RequestDesk(operations)
    }

    func router() -> Router<CallerContext> {
        let router = Router(context: CallerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Wrapping())
        router.add(middleware: AccessCheck(access: access))
        for route in Self.table + PageRoutes.table {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await route.answer(self, request, context)
            }
        }
        refuseOtherMethods(router)
        return router
    }

    /// One line of the table.
    struct Route: Sendable {
        var method: HTTPRequest.Method
        /// As Hummingbird has it: `:workload` stands for any name.
        var path: String
        var answer: @Sendable (OperatorRoutes, Request, CallerContext) async throws -> Response

        init(
            _ method: HTTPRequest.Method, _ path: String,
            _ answer: @escaping @Sendable (OperatorRoutes, Request, CallerContext) async throws -> Response
        ) {
            (self.method, self.path, self.answer) = (method, path, answer)
        }
    }

    static let table: [Route] = [
        Route(.get, "/livez") { _, _, _ in plain("ok\n") },
        Route(.get, "/readyz") { routes, _, _ in await MetricsText(routes.operations).readiness },
        Route(.get, "/metrics") { routes, _, _ in plain(await MetricsText(routes.operations).text) },
        Route(.get, "/v1/openapi.json") { _, _, _ in document() },
        Route(.get, "/v1/status") { routes, _, _ in try json(await routes.operations.status()) },
        Route(.get, "/v1/rules") { _, _, _ in try json(Rules.table.map(RuleRow.init)) },
        Route(.get, "/v1/ledgers") { routes, _, _ in
            try json(await routes.operations.status().workloads.map(WorkloadLedgers.init))
        },
        Route(.get, "/v1/history") { routes, request, _ in try await routes.history(request) },
        Route(.get, "/v1/workloads/:workload") { routes, _, context in
            let id = try await routes.workload(context)
            guard let view = await routes.operations.status().workloads.first(where: { $0.id == id }) else {
                throw unknown(id)
            }
            return try json(view)
        },
        Route(.get, "/v1/workloads/:workload/explanation") { routes, request, context in
            try await routes.explanation(request, context)
        },
        Route(.post, "/v1/workloads/:workload/dry-run") { routes, request, context in
            let id = try await routes.workload(context)
            let body = try await RequestBody.read(request, by: context.caller)
            guard let report = await routes.operations.dryRun(body, of: id) else { throw unknown(id) }
            return try json(report)
        },
        Route(.post, "/v1/workloads/:workload/requests") { routes, request, context in
            try await routes.act(request, context)
        },
    ]

    /// 405 with what would do, instead of a 404 that says there is nothing.
    private func refuseOtherMethods(_ router: Router<CallerContext>) {
        let table = Self.table + PageRoutes.table
        let paths = Dictionary(grouping: table, by: \.path).mapValues { $0.map(\.method) }
        let methods: [HTTPRequest.Method] = [
            .get, .post, .put, .delete, .patch, .options, .trace, .connect, .query,
        ]
        for (path, known) in paths {
            let allow = (known + (known.contains(.get) ? [.head] : [])).map(\.rawValue).sorted()
            for method in methods where !known.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw HTTPError(
                        .methodNotAllowed, headers: [.allow: allow.joined(separator: ", ")],
                        message: "this takes \(allow.joined(separator: " and "))")
                }
            }
        }
    }
}
