using Hub.Simulation.Bugs;
using Hub.Simulation.Core;
using Hub.Simulation.Disk;
using Hub.Simulation.Outside;

namespace Hub.Simulation.Node;

/// <summary>Everything that outlives a process of the hub.</summary>
internal sealed record Surroundings(
    World World, Mix Mix, PlantedBug Bug, SimDisk Disk, SimBanks Banks, SimPhones Phones, SimMail Mail, SimShop Shop, SimVault Vault, SimRandom Random, ChatPages Pages);
