# Which suites there are, which of them the arguments pick, and what became of those that were run. Source it in the root of the checkout; it needs
# in_cluster and $reports.
passed=0 failed=0 reasons=''

# Suites that install the chart themselves, each in a cluster without our CRDs.
INSTALLING=(beside-toolhive namespaces upgrade)

# suites_of KIND ARGUMENTS…: prints those of the kind, `installing` or `ordinary`, that the filters among Chainsaw's arguments leave in.
suites_of() {
  local kind=$1 file suite of; shift
  for file in e2e/chainsaw/*/chainsaw-test.yaml; do
    suite=$(basename "$(dirname "$file")") of=ordinary
    [[ " ${INSTALLING[*]} " != *" $suite "* ]] || of=installing
    if [[ $of == "$kind" ]] && picked "$suite" "$@"; then echo "$suite"; fi
  done
}

# picked SUITE ARGUMENTS…: whether the filters leave the suite in.
picked() {
  local suite=$1 include='' exclude='' flag='' argument; shift
  for argument in "$@"; do
    argument=$flag$argument flag=
    case $argument in
      --include-test-regex | --exclude-test-regex) flag=$argument= ;;
      --include-test-regex=*) include=${argument#*=} ;;
      --exclude-test-regex=*) exclude=${argument#*=} ;;
    esac
  done
  matches "$include" "$suite" && { [[ -z $exclude ]] || ! matches "$exclude" "$suite"; }
}

# matches PATTERN SUITE: as `go test` has it, which matches the parts between slashes with those of chainsaw/SUITE one by one.
matches() {
  local pattern=$1/
  local root=${pattern%%/*} rest=${pattern#*/}
  [[ chainsaw =~ $root && $2 =~ ${rest%%/*} ]]
}

# run_suites NAME SUITES ARGUMENTS…: runs the suites, whose names have blanks between them, adds them up, and fails if one fails. NAME is the report's.
run_suites() {
  local name=$1 suites=$2 suite status=0 dirs=(); shift 2
  for suite in $suites; do dirs+=("e2e/chainsaw/$suite"); done
  in_cluster chainsaw test "${dirs[@]}" --config e2e/chainsaw/.chainsaw.yaml --no-color \
    --report-format JUNIT-TEST --report-name "$name" --report-path "$reports" "$@" >"$reports/$name.log" 2>&1 || status=1
  ((status == 0)) || { cat "$reports/$name.log" >&2; reasons+=$(why_failed "$reports/$name.log")$'\n'; }
  grep -E '^ *--- (PASS|FAIL): chainsaw/' "$reports/$name.log" || true
  count "$reports/$name.xml" "$status"
  return "$status"
}

# count REPORT STATUS: adds its suites to $passed and $failed. What failed without a word of a suite counts as one failure.
count() {
  local tests=0 failures=0
  if [[ -f $1 ]]; then
    tests=$(grep -c '<testcase ' "$1" || true)
    failures=$(grep -c '<failure' "$1" || true)
  fi
  if (($2 != 0 && failures == 0)); then failures=1 tests=$((tests + 1)); fi
  passed=$((passed + tests - failures)) failed=$((failed + failures))
}

# why_failed LOG: prints, for each step that failed in a log of Chainsaw's, which one it is and the last lines of what it said. The lines of suites that
# run at once are mixed; the columns say whose each is.
why_failed() {
  awk -F ' *[|] *' '
    function tail(text, lines, count, at, last) {
      count = split(text, lines, "\n")
      for (at = count > 20 ? count - 20 : 1; at < count; at++) last = last lines[at] "\n"
      return last
    }
    / sink\.go:/ {
      if ($6 == "RUN" || $6 == "BEGIN") said[$3] = ""
      suite = $3; failing = ($6 == "ERROR"); command = 0
      if (failing) printf "✗ chainsaw/%s: %s\n%s", suite, $4, tail(said[suite])
      next
    }
    /^===|^---/ { suite = ""; next }
    /^ *=== / { command = /=== COMMAND/; next }
    suite == "" || command { next }
    failing { print; next }
    { said[suite] = said[suite] $0 "\n" }' "$1"
}
