using Daypass.Names;
using Daypass.Service.Actions.Iam.Boundaries;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Which of a role's members an answer has.</summary>
internal enum RoleDetail
{
    /// <summary>CreateRole: without duration and description.</summary>
    Created,

    /// <summary>ListRoles: without tags and boundary.</summary>
    Listed,

    /// <summary>GetRole: everything.</summary>
    Full,
}

/// <summary>A role as IAM's answers show it.</summary>
internal sealed record RoleShape(Role Role, AccountId Account, string TrustDocument, RoleDetail Detail) : IShape
{
    public static RoleShape Of(Role role, Scene scene, RoleDetail detail) => new(role, scene.Home.Account, TrustView.Of(role.Trust, scene), detail);

    public void Write(ShapeWriter writer)
    {
        writer.Text("Path", Role.Path);
        writer.Text("RoleName", Role.Name);
        writer.Text("RoleId", Role.Id);
        writer.Text("Arn", Role.ArnIn(Account).ToString());
        writer.Time("CreateDate", Role.Created);
        writer.Document("AssumeRolePolicyDocument", TrustDocument);
        if (Detail != RoleDetail.Created)
        {
            writer.Text("Description", Role.Description);
            writer.Number("MaxSessionDuration", Role.MaxSessionDuration);
        }
        if (Detail != RoleDetail.Listed)
        {
            writer.Structure("PermissionsBoundary", BoundaryShape.OrNull(Role.Boundary));
            writer.List("Tags", TagShape.ListOrNull(Role.Tags));
        }
        // Present even of a role that was never used.
        if (Detail == RoleDetail.Full)
            writer.Structure("RoleLastUsed", Nothing.Instance);
    }
}
