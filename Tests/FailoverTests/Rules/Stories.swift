@testable import Failover

/// Short runs that together fire every row of the table.
enum Stories {
    static let all: [@Sendable () -> World] = [
        clearedAgain, approved, doubted, manual, tooManySteps, returnedEarly, returned, unseen,
        recheckRefuses,
        recheckFails, unconfirmed, resumedAndGivenUp, givenUpEarly, reprotected, outdated,
        notRightAfterRestart,
    ]

    private static func refuse(_ world: inout World, retryable: Bool = false) {
        world.finish(.failed(detail: "no", retryable: retryable, mayHaveHappened: false))
    }

    static func clearedAgain() -> World {
        var world = World()
        world.scene.loseSight()
        world.run(.seconds(20))
        world.scene = Scene(of: .replica())
        world.run(.seconds(70))
        return world
    }

    static func approved() -> World {
        var world = LostRegionTests.confirmed([.shop(mode: .approval)])
        world.ask(.approve)
        return world
    }

    static func doubted() -> World {
        var world = LostRegionTests.confirmed([.shop(mode: .observe)])
        world.scene.probe = .known(value: true)
        world.run(.seconds(10))
        return world
    }

    static func manual() -> World {
        var world = LostRegionTests.confirmed([.shop(mode: .observe)])
        world.ask(.failover)
        return world
    }

    static func tooManySteps() -> World {
        let traffic = (0..<60).map { number in
            TrafficLever.route53Record(
                RecordLever(database: "orders", zoneID: "Z1", name: "n\(number).example"))
        }
        return LostRegionTests.confirmed([.shop(traffic: traffic)])
    }

    static func returnedEarly() -> World {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.scene = Scene(of: .replica())
        world.look()
        refuse(&world)
        return world
    }

    static func returned() -> World {
        var world = LostRegionTests.confirmed([.shop(databases: [.replica(fencing: Fencing(method: .none))])])
        world.finish()
        refuse(&world, retryable: true)
        world.scene = Scene(of: .replica())
        world.run(.seconds(5))
        return world
    }

    static func unseen() -> World {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "promote")
        world.restart()
        world.looks = false
        world.run(.seconds(40))
        return world
    }

    static func outdated() -> World {
        var world = LostRegionTests.confirmed()
        world.skip(.seconds(1000))
        world.restart()
        return world
    }

    /// The fence was ordered, the process died, and the primary is back.
    static func notRightAfterRestart() -> World {
        var world = LostRegionTests.confirmed()
        world.finish()
        world.restart()
        world.scene = Scene(of: .replica())
        world.run(.seconds(40))
        world.finish()
        return world
    }

    static func recheckRefuses() -> World {
        var world = LostRegionTests.confirmed()
        world.scene = Scene(of: .replica())
        world.finish()
        return world
    }

    static func recheckFails() -> World {
        var world = LostRegionTests.confirmed()
        refuse(&world)
        return world
    }

    static func unconfirmed() -> World {
        var world = LostRegionTests.confirmed([.shop(traffic: [.record(), .check()])])
        world.finish()
        refuse(&world)
        world.finishSteps(upTo: "confirm-traffic")
        refuse(&world)
        refuse(&world)
        return world
    }

    static func resumedAndGivenUp() -> World {
        var world = LostRegionTests.confirmed()
        world.finishSteps(upTo: "await-writer")
        refuse(&world)
        world.ask(.resume)
        refuse(&world)
        world.ask(.abandon)
        return world
    }

    static func givenUpEarly() -> World {
        let fencing = Fencing(method: .quarantine(securityGroups: ["sg"]), required: true)
        var world = LostRegionTests.confirmed([.shop(databases: [.replica(fencing: fencing)])])
        world.finish()
        refuse(&world)
        world.ask(.abandon)
        return world
    }

    static func reprotected() -> World {
        var world = LostRegionTests.confirmed()
        world.finishSteps()
        world.scene = Scene(of: .replica())
        world.run(.seconds(70))
        return world
    }
}
