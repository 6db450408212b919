using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>A user as this cloud's clients see it.</summary>
/// <param name="User">The user.</param>
/// <param name="Scene">Where its keys are.</param>
/// <param name="HasAccess">Whether it says by which ways the user comes in, as lists do.</param>
internal sealed record UserView(User User, Scene Scene, bool HasAccess = false) : IShape
{
    private const string Frozen = "Frozen";
    private const string Active = "Active";

    public void Write(ShapeWriter writer)
    {
        writer.Text("UserName", User.Name);
        writer.Text("DisplayName", User.DisplayName ?? "");
        writer.Text("Email", EmailOf(User, Scene));
        writer.Text("Status", User.IsFrozen ? Frozen : Active);
        if (HasAccess)
        {
            writer.Flag("ConsoleAccess", User.Login?.IsActive is true);
            writer.Flag("APIAccess", HasKey(User, Scene));
        }
        writer.Time("CreatedAt", User.Created);
    }

    /// <summary>The user's mail address; for those without one the text that this cloud has in its place, by which its clients know that there is none.</summary>
    public static string EmailOf(User user, Scene scene) =>
        user.Email ?? string.Create(CultureInfo.InvariantCulture, $"{user.Name}@{scene.Home.Account.Number}.apiuser.ucloud.cn");

    /// <summary>
    /// A number for clients that want one where Daypass has an id: the same for ever, of 31 bits, and not certain to be unique. Nothing is
    /// found by it.
    /// </summary>
    public static long NumberOf(string uniqueId) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(uniqueId))) & int.MaxValue;

    public static bool HasKey(User user, Scene scene) => scene.Home.AccessKeysOf(user).Any(key => key.IsActive);

    /// <summary>What a status to be set is: frozen, or not. Null when it is not to be set.</summary>
    public static bool? ReadFrozen(Parameters wire) => wire.Word("Status", Active, Frozen) is { } word ? word == Frozen : null;
}
