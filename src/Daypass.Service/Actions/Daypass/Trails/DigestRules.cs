using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>What the actions on one digest have in common.</summary>
internal static class DigestRules
{
    public static int ReadNumber(Parameters wire)
    {
        if (wire.Number("Number", 1, int.MaxValue) is { } number)
            return number;
        if (wire.Raw("Number") is null)
            wire.Missing("Number");
        return 1;
    }

    public static StoredDigest Require(Scene scene, long number) =>
        scene.Archive!.Digests.FirstOrDefault(digest => digest.Number == number) ?? throw Errors.NoSuchEntity($"There is no digest {number}.");
}
