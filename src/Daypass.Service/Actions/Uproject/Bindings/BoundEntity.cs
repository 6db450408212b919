using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Bindings;

/// <summary>A user, group or role that a policy hangs on, as lists show it.</summary>
internal sealed record BoundEntity(IPolicyHolder Holder, Binding Binding) : IShape
{
    public static IEnumerable<BoundEntity> Of(IPolicyHolder holder, string policy) =>
        Binding.Of(holder).Where(binding => binding.Policy == policy).Select(binding => new BoundEntity(holder, binding));

    public static IEnumerable<BoundEntity> InProject(IPolicyHolder holder, string project) =>
        Binding.Of(holder).Where(binding => binding.Project == project).Select(binding => new BoundEntity(holder, binding));

    public void Write(ShapeWriter writer)
    {
        writer.Text("EntityName", Holder is Role role ? UprojectKinds.NameOf(role) : Holder.Name);
        writer.Text("EntityKind", Holder switch { User => "User", Group => "Group", _ => "Role" });
        writer.Text("DisplayName", (Holder as User)?.DisplayName ?? "");
        writer.Text("Scope", Binding.Scope);
        writer.Time("AttachedAt", Binding.Since);
    }
}
