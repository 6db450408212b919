using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam;

/// <summary>The user that an action is done to, for those actions that may leave <c>UserName</c> out and then mean the caller.</summary>
internal static class TargetUser
{
    public static string? ReadName(Parameters wire) => wire.Text("UserName", TextRules.ExistingUserName);

    /// <exception cref="ApiException">ValidationError: there is no name and the caller is no user.</exception>
    public static string NameOf(string? userName, Scene scene) => userName
        ?? (scene.Caller is { User: { } user, Principal.Kind: PrincipalKind.User }
            ? user.Name
            : throw Errors.ValidationError("Must specify userName when calling with non-User credentials"));
}
