using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Attachments;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Common;

/// <summary>
/// What goes with an entity that is deleted. This cloud deletes it along, where AWS wants it gone before; so the one call asks for what the many
/// would, and whoever may not detach a policy or end a key cannot do it by deleting the user.
/// </summary>
internal static class WhatHangsOn
{
    /// <summary>The permissions to take all policies, managed and inline, from a holder.</summary>
    /// <param name="kind">The kind of the holder.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="name">The holder's name.</param>
    /// <param name="noun">As AWS's actions have it, such as <c>User</c>.</param>
    public static IEnumerable<Permission> AskToStrip<T>(HolderKind<T> kind, Scene scene, string name, string noun)
        where T : class, IPolicyHolder
    {
        if (kind.Find(scene.Home, name) is not { } holder)
            yield break;
        foreach (var policy in PolicyBindings.Of(holder).Policies)
            yield return new AttachmentRequest(name, policy).Ask(kind, scene, $"Detach{noun}Policy");
        if (holder.Inline.Count > 0)
            yield return kind.Ask(scene, $"Delete{noun}Policy", name, kind.BoundaryKey(scene, name));
    }
}
