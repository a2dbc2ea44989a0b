using System.Diagnostics;
using System.Text.Json.Nodes;
using ClusterSurvey.Runner.Tests.EndToEnd;
using ClusterSurvey.Support;

namespace ClusterSurvey.Runner.Tests.Slurm;

/// <summary>The Slurm recipe, with a stand-in for Slurm: an <c>sbatch</c> that carries out the tasks of an array two at a time before it answers.</summary>
public sealed class SlurmArrayTests(MockSurvey survey)
{
    private static readonly string Recipe = Path.Combine(SharedData.RepositoryRoot, "tools", "slurm", "survey");

    // Task LOST never comes to run, as on a node that dies. A job that depends on one that was not there is refused, as by Slurm.
    private const string Sbatch = """
        #!/usr/bin/env bash
        set -euo pipefail
        here=$(dirname "$0"); array=
        for word in "$@"; do
          case $word in
            --array=1-*) array=${word#--array=1-} ;;
            --dependency=afterany:*) [ -e "$here/job-${word#--dependency=afterany:}" ] || exit 1 ;;
            --output=*) logs=$(dirname "${word#--output=}") ;;
            --wrap=*) printf '%s\n' "${word#--wrap=}" >"$here/wrap" ;;
          esac
        done
        job=$(( $(find "$here" -name 'job-*' | wc -l) + 71 ))
        if [ -n "$array" ]; then
          seq "$array" | grep -vx "$LOST" | SLURM_CPUS_PER_TASK=1 xargs -P 2 -I{} env SLURM_ARRAY_TASK_ID={} sh -c ". '$here/wrap' >'$logs/$job-{}.log' 2>&1"
        else
          SLURM_CPUS_PER_TASK=2 sh -c ". '$here/wrap' >'$logs/$job.log' 2>&1"
        fi
        echo "$job" >"$here/job-$job"
        echo "$job"
        """;

    [Fact]
    public void An_array_of_tasks_without_a_database_makes_the_tables_of_one_machine_and_a_lost_task_costs_its_cluster_alone()
    {
        using var folder = new ScratchFolder();
        var home = folder["shared"];
        var submitted = Submit(folder, [home, "--time=1:00:00", "--", .. Arguments()], lost: "2").Expect(0);
        Assert.Equal("71\n72\n", submitted.Output);

        var clusters = File.ReadAllLines(Path.Combine(home, "clusters"));
        Assert.Equal(3, clusters.Length);
        var run = Directory.EnumerateDirectories(Path.Combine(home, "survey"), "cluster-survey-*").Single();
        Assert.Equal(MockSurvey.Hashes(survey.Run), MockSurvey.Hashes(run));

        var steps = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!["steps"]!.AsArray()
            .Where(step => step!["step"]!.GetValue<string>() is "FitMeanModel" or "SimulateSpectra" or "TrainLikelihoods" or "EvaluateLikelihoods" or "SamplePosteriors")
            .Select(step => (Cluster: step!["cluster"]!.GetValue<string>(), IsKnown: step["fromCache"]!.GetValue<bool>())).ToArray();
        Assert.Equal(3 * 5, steps.Length);
        Assert.All(steps, step => Assert.Equal(step.Cluster != clusters[1], step.IsKnown));
        Assert.Contains($"no task left anything of {clusters[1]}: computed here", File.ReadAllText(Path.Combine(home, "logs", "72.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_with_a_survey_is_said_before_a_job_is_queued()
    {
        using var folder = new ScratchFolder();
        var home = folder["shared"];
        var teachers = Submit(folder, [home, "--", .. Arguments(), "--set", "pretraining=2"], lost: "0").Expect(ExitCode.BadInput);
        Assert.Contains("pretraining", teachers.Errors, StringComparison.Ordinal);
        Assert.Contains("leave it out", Submit(folder, [home, "--array=1-2", "--", .. Arguments()], lost: "0").Expect(ExitCode.BadInput).Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(home, "tasks")));
    }

    // What follows the folder of runs, which the recipe chooses.
    private string[] Arguments()
    {
        var all = survey.Arguments("").Where(word => word != "--json").ToList();
        all.RemoveRange(all.IndexOf("--out"), 2);
        return [.. all.Skip(2)];
    }

    private static SurveyProgram.Outcome Submit(ScratchFolder folder, string[] arguments, string lost)
    {
        var sbatch = Executable(folder, "sbatch", Sbatch);
        var program = Executable(folder, "program", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "clustersurvey.dll")}' \"$@\"\n");
        var start = new ProcessStartInfo(Recipe, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(sbatch)}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CLUSTERSURVEY_PROGRAM"] = program;
        start.Environment["LOST"] = lost;
        using var process = Process.Start(start)!;
        return SurveyProgram.Finish(process);
    }

    private static string Executable(ScratchFolder folder, string name, string text)
    {
        var path = folder.Write(name, text);
        using var change = Process.Start("chmod", ["+x", path]);
        change.WaitForExit();
        return path;
    }
}
