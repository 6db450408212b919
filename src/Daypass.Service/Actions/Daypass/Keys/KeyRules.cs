using System.Globalization;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Keys;

/// <summary>What the key actions have in common: keys belong to the whole installation, so only its first account may touch them.</summary>
internal static class KeyRules
{
    private static readonly TextRule KeyId = TextRule.Of(8, 8);

    public static string ReadPurpose(Parameters wire) => wire.RequiredWord("Purpose", [.. KeyPurposes.All]);

    /// <summary>Eight hexadecimal digits.</summary>
    public static string ReadKeyId(Parameters wire) => wire.RequiredText("KeyId", KeyId);

    public static string Show(uint id) => id.ToString("X8", CultureInfo.InvariantCulture);

    public static void RequireOperator(Scene scene)
    {
        if (scene.Installation.Operator?.Id != scene.Caller.Account.ToString())
            throw Errors.AccessDenied("Only the account that the installation began with may see and change its keys.");
    }

    public static IEnumerable<StoredKey> All(Scene scene) => scene.Installation.Documents.All(DocumentKinds.Key);

    public static List<StoredKey> Ring(Scene scene, string purpose) => [.. All(scene).Where(key => key.Purpose == purpose)];

    public static KeyMoment Now(Scene scene) => new(scene.RealTime, scene.Now);

    /// <summary>The node's newest master key, from a file that can be read now.</summary>
    public static MasterKeys Master(Scene scene)
    {
        var keys = scene.Vault.Master.Current;
        return scene.Vault.Master.Trouble is null ? keys : throw Errors.Unavailable("This node's master key file cannot be used now; its log says why.");
    }
}
