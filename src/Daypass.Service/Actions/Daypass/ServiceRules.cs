using System.Buffers;
using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass;

/// <summary>What a protected service and its region may be called: the characters of a signing scope and of an action's prefix.</summary>
internal static class ServiceRules
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static readonly TextRule Name = TextRule.Of(2, 63, "[a-z0-9-]+", Characters);
    public static readonly TextRule Region = TextRule.Of(2, 63, "[a-z0-9-]+", Characters);

    /// <summary>Names that a protected service may not take: Daypass's own APIs, and those it will speak.</summary>
    public static bool IsReserved(string name) =>
        ActionCatalog.Services.Any(service => service.Name == name) || name is "signin" or "rolesanywhere" or "access-analyzer" or "ucs";

    /// <summary>The service must be one of the caller's account.</summary>
    /// <exception cref="ApiException">It is not, or there is none.</exception>
    public static void RequireOwn(string name, string region, Scene scene)
    {
        if (scene.Installation.FindService(name, region) is not { } service || !AccountId.TryParse(service.OwnerAccount, out var owner) || owner != scene.Caller.Account)
            throw Errors.NoSuchEntity($"The service {name} in {region} is not registered by this account.");
    }
}
