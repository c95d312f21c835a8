# Makes of the assembly of a program, compiled with questions.h, a script that prints what the program would.
# A line of "@answer FORMAT VALUE" names its texts by their labels, whose texts may stand anywhere.

/^\.LC[0-9]+:/ { label = substr($1, 1, length($1) - 1) }

$1 == ".string" {
  text[label] = $0
  sub(/^[^"]*"/, "", text[label])
  sub(/"[^"]*$/, "", text[label])
}

$1 == "@answer" { answers[++count] = $2 " " $3 }

END {
  print "#!/usr/bin/env bash"
  for (i = 1; i <= count; i++) {
    split(answers[i], answer, " ")
    value = answer[2] in text ? text[answer[2]] : answer[2]
    if (!(answer[1] in text)) {
      print "no format in " answers[i] >"/dev/stderr"
      exit 1
    }
    print "printf '" text[answer[1]] "' '" value "'"
  }
}
