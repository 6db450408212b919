using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The user, group or role that an ARN names. As with all of IAM's reads the name says who is meant; the path is the stored one.</summary>
/// <param name="Arn">As the caller wrote it.</param>
/// <param name="Noun"><c>user</c>, <c>group</c> or <c>role</c>.</param>
/// <param name="Name">Without the path.</param>
internal sealed record SourceEntity(Arn Arn, string Noun, string Name)
{
    /// <summary>Null if the text is no ARN of such an entity.</summary>
    public static SourceEntity? TryParse(string text)
    {
        if (!Arn.TryParse(text, out var arn) || arn is not { Service: "iam", Region: "", AccountId: not null })
            return null;
        var slash = arn.Resource.IndexOf('/', StringComparison.Ordinal);
        var name = arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
        return slash > 0 && name.Length > 0 && arn.Resource[..slash] is "user" or "group" or "role" ? new SourceEntity(arn, arn.Resource[..slash], name) : null;
    }

    /// <exception cref="ApiException">InvalidInput.</exception>
    public static SourceEntity Parse(string text) =>
        TryParse(text) ?? throw Errors.InvalidInput($"Invalid Entity Arn: {Errors.Shorten(text)} does not clearly define entity type and name.");

    /// <summary>Whether both name the same entity; the path counts for nothing.</summary>
    public bool IsSameAs(SourceEntity? other) => other is not null && other.Account == Account && other.Noun == Noun && other.Name == Name;

    public AccountId Account => Arn.AccountId!.Value;

    /// <summary>Permission to look at the entity. Those of other accounts belong to those, so they are refused, not missing.</summary>
    public Permission Ask(Scene scene, string action) => Account != scene.Caller.Account
        ? new Permission("iam:" + action, Arn.ToString(), Account)
        : Noun switch
        {
            "user" => HolderKinds.User.Ask(scene, action, Name),
            "group" => HolderKinds.Group.Ask(scene, action, Name),
            _ => HolderKinds.Role.Ask(scene, action, Name),
        };

    /// <summary>The entity, if it is one of this account.</summary>
    public IPolicyHolder? Find(AccountDirectory directory) => Account != directory.Account ? null : Noun switch
    {
        "user" => directory.FindUser(Name),
        "group" => directory.FindGroup(Name),
        _ => directory.FindRole(Name),
    };

    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public IPolicyHolder Require(AccountDirectory directory) => Find(directory) ?? throw Noun switch
    {
        "user" => Errors.NoSuchUser(Name),
        "group" => Errors.NoSuchGroup(Name),
        _ => Errors.NoSuchRole(Name),
    };

    /// <summary>The role, by its whole ARN as AssumeRole takes it: there the path is part of who is meant.</summary>
    /// <exception cref="ApiException">NoSuchEntity.</exception>
    public Role RequireRole(AccountDirectory directory) =>
        Find(directory) is Role role && role.ArnIn(directory.Account) == Arn ? role : throw Errors.NoSuchRole(Name);

    public AuditResource Resource => new(Noun switch { "user" => "AWS::IAM::User", "group" => "AWS::IAM::Group", _ => "AWS::IAM::Role" }, Arn.ToString());
}
