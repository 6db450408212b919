using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>The permissions boundary of a user or role as answers show it.</summary>
internal sealed record BoundaryShape(string PolicyArn) : IShape
{
    public static BoundaryShape? OrNull(string? policyArn) => policyArn is null ? null : new BoundaryShape(policyArn);

    public void Write(ShapeWriter writer)
    {
        writer.Text("PermissionsBoundaryType", "Policy");
        writer.Text("PermissionsBoundaryArn", PolicyArn);
    }
}
