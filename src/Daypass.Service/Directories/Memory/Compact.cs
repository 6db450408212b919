using Daypass.Service.Mfa;

namespace Daypass.Service.Directories.Memory;

/// <summary>Documents as they were read, without what they hold twice or for nothing: of one set there may be hundreds of thousands.</summary>
internal static class Compact
{
    public static object? Of(object? document, string name, SharedText shared) => document switch
    {
        User user => Of(user, name, shared),
        Role role => Of(role, name, shared),
        Group group => Of(group, name, shared),
        AccessKey key => key with { Id = Same(key.Id, name), UserId = shared.Of(key.UserId) },
        MfaDevice device => device with { Path = shared.Of(device.Path), UserId = shared.OfOptional(device.UserId), Tags = Of(device.Tags, shared) },
        Account account => account with { Id = Same(account.Id, name), ManagementAccount = shared.OfOptional(account.ManagementAccount) },
        OrganizationAccount account => account with { Id = Same(account.Id, name), JoinedMethod = shared.Of(account.JoinedMethod), Status = shared.Of(account.Status), Tags = Of(account.Tags, shared) },
        _ => document,
    };

    private static User Of(User user, string name, SharedText shared) => user with
    {
        Name = Same(user.Name, name),
        Id = shared.Of(user.Id),
        Path = shared.Of(user.Path),
        Tags = Of(user.Tags, shared),
        Boundary = shared.OfOptional(user.Boundary),
        Inline = Of(user.Inline, shared),
        Attached = shared.Of(user.Attached),
        Scoped = Of(user.Scoped, shared),
        Groups = shared.Of(user.Groups),
    };

    private static Role Of(Role role, string name, SharedText shared) => role with
    {
        Name = Same(role.Name, name),
        Path = shared.Of(role.Path),
        Tags = Of(role.Tags, shared),
        Boundary = shared.OfOptional(role.Boundary),
        Inline = Of(role.Inline, shared),
        Attached = shared.Of(role.Attached),
        Scoped = Of(role.Scoped, shared),
        Trust = role.Trust with { Document = shared.Of(role.Trust.Document), Syntax = shared.OfOptional(role.Trust.Syntax) },
    };

    private static Group Of(Group group, string name, SharedText shared) => group with
    {
        Name = Same(group.Name, name),
        Id = shared.Of(group.Id),
        Path = shared.Of(group.Path),
        Inline = Of(group.Inline, shared),
        Attached = shared.Of(group.Attached),
        Scoped = Of(group.Scoped, shared),
    };

    private static IReadOnlyList<Tag> Of(IReadOnlyList<Tag> tags, SharedText shared) =>
        SharedText.Each(tags, tag => new Tag(shared.Of(tag.Key), shared.Of(tag.Value)));

    private static IReadOnlyList<InlinePolicy> Of(IReadOnlyList<InlinePolicy> policies, SharedText shared) =>
        SharedText.Each(policies, policy => policy with { Name = shared.Of(policy.Name), Document = shared.Of(policy.Document), Syntax = shared.OfOptional(policy.Syntax) });

    private static IReadOnlyList<ScopedPolicy>? Of(IReadOnlyList<ScopedPolicy>? scoped, SharedText shared) =>
        scoped is null ? null : SharedText.Each(scoped, each => each with { Policy = shared.Of(each.Policy), Project = shared.Of(each.Project) });

    // A document is stored under its name, in lower case where AWS ignores the case: mostly the same text.
    private static string Same(string text, string name) => text == name ? name : text;
}
